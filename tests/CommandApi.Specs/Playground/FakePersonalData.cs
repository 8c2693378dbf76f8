using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.CommandApi.Specs.Playground;

/// <summary>
/// Seals by reversing the text and appending the person's name. That suffices to check that no store gets the plain
/// text.
/// </summary>
public sealed class FakePersonalData : IPersonalData
{
    public Exception? Fails { get; set; }

    public HashSet<string> Erased { get; } = [];

    /// <summary>Every person for whom something was sealed.</summary>
    public HashSet<string> Known { get; } = [];

    public Task<Sealed> SealAsync(string person, string text, CancellationToken ct)
    {
        if (Fails is not null) throw Fails;
        if (Erased.Contains(person)) throw new PersonErasedException(person);
        Known.Add(person);
        return Task.FromResult(new Sealed(person, Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Reverse($"{text} of {person}")))));
    }

    public Task<string?> OpenAsync(Sealed personal, CancellationToken ct)
    {
        if (Erased.Contains(personal.Person)) return Task.FromResult<string?>(null);
        if (!Base64Url.IsValid(personal.Text)) throw new CryptographicException("Not sealed.");
        var text = Reverse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(personal.Text)));
        var end = $" of {personal.Person}";
        return text.EndsWith(end, StringComparison.Ordinal) ? Task.FromResult<string?>(text[..^end.Length]) : throw new CryptographicException("Not this person's.");
    }

    public Task<bool> IsKnownAsync(string person, CancellationToken ct) => Task.FromResult(Known.Contains(person) || Erased.Contains(person));

    private static string Reverse(string text) => new([.. text.Reverse()]);
}
