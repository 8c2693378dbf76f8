using System.Buffers.Text;
using System.Text;
using ServerlessCqrs.CommandApi.Watches;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.CommandApi.Specs.Playground;

/// <summary>Seals by turning the text round: enough to see that the clear text goes nowhere.</summary>
public sealed class FakePersonalData : IPersonalData
{
    public Exception? Fails { get; set; }

    public HashSet<string> Erased { get; } = [];

    public Task<Sealed> SealAsync(string person, string text, CancellationToken ct) => Fails is not null ? throw Fails : Erased.Contains(person)
        ? throw new PersonErasedException(person)
        : Task.FromResult(new Sealed(person, Base64Url.EncodeToString(Encoding.UTF8.GetBytes(new string([.. text.Reverse()])))));

    public Task<string?> OpenAsync(Sealed personal, CancellationToken ct) => throw new NotSupportedException();
}

/// <summary>Tokens that say what they are: <c>good.{product}.{customer}</c>.</summary>
public sealed class FakeUnsubscribeTokens : IUnsubscribeTokens
{
    public (Guid ProductId, string Customer)? Read(string token) =>
        token.Split('.') is ["good", var product, var customer] ? (Guid.Parse(product), customer) : null;
}
