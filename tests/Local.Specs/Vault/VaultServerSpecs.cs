using Amazon.KeyManagementService;
using Amazon.Runtime;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.LocalRuntime.Vault;

namespace ServerlessCqrs.LocalRuntime.Specs.Vault;

/// <summary>KMS and Secrets Manager, used with the programs' own clients.</summary>
public sealed class VaultServerSpecs : IAsyncLifetime
{
    private static readonly BasicAWSCredentials Credentials = new("test", "test");

    private readonly string _folder = Directory.CreateTempSubdirectory("vault-").FullName;
    private VaultServer _vault = null!;

    private FileMasterKey File => new(Path.Combine(_folder, "master.key"));

    public async ValueTask InitializeAsync() => _vault = await VaultServer.StartAsync(
        0, File, new Dictionary<string, string> { ["clickhouse"] = "open sesame" }, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _vault.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_key_that_KMS_wrapped_opens_with_the_file_and_the_other_way_round()
    {
        var kms = Kms();
        var (plain, wrapped) = await kms.CreateAsync("anna", TestContext.Current.CancellationToken);
        var (other, otherWrapped) = await File.CreateAsync("bert", TestContext.Current.CancellationToken);

        Assert.Equal(plain, await File.UnwrapAsync("anna", wrapped, TestContext.Current.CancellationToken));
        Assert.Equal(other, await kms.UnwrapAsync("bert", otherWrapped, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_wrapped_key_opens_for_no_other_person()
    {
        var kms = Kms();
        var (_, wrapped) = await kms.CreateAsync("anna", TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<System.Security.Cryptography.CryptographicException>(() => kms.UnwrapAsync("bert", wrapped, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Another_key_is_not_found() => await Assert.ThrowsAsync<Amazon.KeyManagementService.Model.NotFoundException>(() =>
        Kms("arn:aws:kms:us-east-1:000000000000:key/other").CreateAsync("anna", TestContext.Current.CancellationToken));

    [Fact]
    public async Task A_secret_is_read_by_its_ARN_and_another_is_not_found()
    {
        using var secrets = new AmazonSecretsManagerClient(Credentials, new AmazonSecretsManagerConfig { ServiceURL = _vault.Url.ToString(), AuthenticationRegion = "us-east-1" });

        Assert.Equal("open sesame", (await secrets.GetSecretValueAsync(new GetSecretValueRequest { SecretId = VaultServer.SecretArn("clickhouse") }, TestContext.Current.CancellationToken)).SecretString);
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => secrets.GetSecretValueAsync(new GetSecretValueRequest { SecretId = VaultServer.SecretArn("edge") }, TestContext.Current.CancellationToken));
    }

    private KmsMasterKey Kms(string key = VaultServer.MasterKeyArn) => new(
        new AmazonKeyManagementServiceClient(Credentials, new AmazonKeyManagementServiceConfig { ServiceURL = _vault.Url.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 }),
        key);
}
