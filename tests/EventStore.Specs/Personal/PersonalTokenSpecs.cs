using System.Buffers.Text;
using System.Text;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.Shop.Watches;

namespace ServerlessCqrs.EventStore.Specs.Personal;

public sealed class PersonalTokenSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("master-key-").FullName;
    private readonly InMemoryPersonKeys _keys = new();
    private readonly PersonalData _personal;
    private readonly Guid _product = Guid.NewGuid();

    public PersonalTokenSpecs() => _personal = new PersonalData(_keys, new FileMasterKey(Path.Combine(_folder, "key")), TimeProvider.System);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_tells_person_and_product_and_fits_in_a_path()
    {
        var token = await PersonalToken.CreateAsync(_personal, WatchTokens.Unsubscribe, "anna|ü 1", _product, Ct);

        Assert.Equal(("anna|ü 1", _product), await PersonalToken.ReadAsync(_personal, WatchTokens.Unsubscribe, token, Ct));
        Assert.Equal(token, Uri.EscapeDataString(token));
    }

    [Fact]
    public async Task A_token_with_any_character_changed_is_forged()
    {
        var token = await PersonalToken.CreateAsync(_personal, WatchTokens.Unsubscribe, "anna", _product, Ct);
        await PersonalToken.CreateAsync(_personal, WatchTokens.Unsubscribe, "bert", _product, Ct);
        for (var i = 0; i < token.Length; i++)
        {
            var changed = token.ToCharArray();
            changed[i] = changed[i] == 'x' ? 'y' : 'x';
            Assert.Null(await PersonalToken.ReadAsync(_personal, WatchTokens.Unsubscribe, new string(changed), Ct));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("YW5uYQ")]
    [InlineData("YW5uYQ.")]
    [InlineData(".YW5uYQ")]
    [InlineData("YW5uYQ.YW5uYQ")]
    [InlineData("YW5uYQ.a.b")]
    [InlineData("!!!.???")]
    public async Task A_malformed_token_is_none(string token) => Assert.Null(await PersonalToken.ReadAsync(_personal, WatchTokens.Unsubscribe, token, Ct));

    [Fact]
    public async Task A_token_for_one_person_is_none_for_another()
    {
        var token = await PersonalToken.CreateAsync(_personal, WatchTokens.Unsubscribe, "anna", _product, Ct);
        await PersonalToken.CreateAsync(_personal, WatchTokens.Unsubscribe, "bert", _product, Ct);

        Assert.Null(await PersonalToken.ReadAsync(_personal, WatchTokens.Unsubscribe, $"{Encoded("bert")}.{token.Split('.')[1]}", Ct));
    }

    [Theory]
    [InlineData("anna@example.com")]
    [InlineData("unsubscribe everything")]
    public async Task Another_text_sealed_for_the_person_is_no_token(string text)
    {
        var other = await _personal.SealAsync("anna", text, Ct);

        Assert.Null(await PersonalToken.ReadAsync(_personal, WatchTokens.Unsubscribe, $"{Encoded("anna")}.{other.Text}", Ct));
    }

    [Fact]
    public async Task An_erased_persons_token_is_none()
    {
        var token = await PersonalToken.CreateAsync(_personal, WatchTokens.Unsubscribe, "anna", _product, Ct);
        await _keys.EraseAsync("anna", Ct);
        using var another = new PersonalData(_keys, new FileMasterKey(Path.Combine(_folder, "key")), TimeProvider.System);

        Assert.Null(await PersonalToken.ReadAsync(another, WatchTokens.Unsubscribe, token, Ct));
    }

    public void Dispose()
    {
        _personal.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Encoded(string person) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(person));
}
