using Amazon.Runtime;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;
using Microsoft.Extensions.Configuration;

namespace ServerlessCqrs.EventStore.Specs;

public sealed class SecretsSpecs : IDisposable
{
    private const string Arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:clickhouse-AbCdEf";

    private readonly Vault _vault = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _vault.Dispose();

    [Fact]
    public async Task A_secret_of_Secrets_Manager_is_asked_for_anew_each_time()
    {
        var read = Secrets.Reader(Arn, Settings(), _vault)!;

        _vault.Text = "one";
        Assert.Equal("one", await read(Ct));
        _vault.Text = "two";
        Assert.Equal("two", await read(Ct));

        Assert.Equal([Arn, Arn], _vault.Asked);
    }

    [Fact]
    public async Task A_secret_without_text_is_named_by_its_place()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Secrets.Reader(Arn, Settings(), _vault)!(Ct));
        Assert.Contains(Arn, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_can_be_another_setting() =>
        Assert.Equal("open sesame", await Secrets.Reader("env:PASSWORD", Settings(("PASSWORD", "open sesame")))!(Ct));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Where_no_place_is_told_none_is_needed(string? place) => Assert.Null(Secrets.Reader(place, Settings()));

    [Theory]
    [InlineData("env:")]
    [InlineData("arn:aws:ssm:eu-west-1:111122223333:parameter/sesame")]
    [InlineData("open sesame")]
    public void Another_place_is_refused_and_not_repeated(string place) =>
        Assert.DoesNotContain("sesame", Assert.Throws<NotSupportedException>(() => Secrets.Reader(place, Settings())).Message, StringComparison.Ordinal);

    private static IConfiguration Settings(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value)).Build();

    private sealed class Vault : IAmazonSecretsManager
    {
        public string? Text { get; set; }

        public List<string?> Asked { get; } = [];

        public IClientConfig Config => throw new NotSupportedException();

        public Task<GetSecretValueResponse> GetSecretValueAsync(GetSecretValueRequest request, CancellationToken cancellationToken = default)
        {
            Asked.Add(request.SecretId);
            return Task.FromResult(new GetSecretValueResponse { SecretString = Text });
        }

        public void Dispose()
        {
        }
    }
}
