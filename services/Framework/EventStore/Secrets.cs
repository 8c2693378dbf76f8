using Amazon;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;
using Microsoft.Extensions.Configuration;

namespace ServerlessCqrs.EventStore;

/// <summary>
/// Reads secrets. A place is the ARN of a secret in Secrets Manager, whose whole text is the secret, or
/// <c>env:{name}</c>, another setting of the program.
/// </summary>
public static class Secrets
{
    // Secrets Manager responds within about 50 ms, and a request may wait for it.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Returns a reader of the secret at <paramref name="place"/>, which reads the store on each call. Returns null for
    /// an empty place, which means that no secret is needed.
    /// </summary>
    /// <param name="vault">Secrets Manager, or null to create a client with the program's credentials when
    /// needed.</param>
    /// <exception cref="NotSupportedException">The place has another form.</exception>
    public static Func<CancellationToken, Task<string?>>? Reader(string? place, IConfiguration configuration, IAmazonSecretsManager? vault = null) => place?.Split(':', 2) switch
    {
        null or [""] => null,
        ["arn", _] when place.Split(':') is ["arn", _, "secretsmanager", var region, _, "secret", ..] => FromVault(place, vault ?? Vault(region)),
        ["env", { Length: > 0 } name] => _ => Task.FromResult<string?>(
            configuration[name] is { Length: > 0 } value ? value : throw new InvalidOperationException($"The setting {name}, which holds a secret, is missing.")),
        _ => throw new NotSupportedException("A secret's place must be empty, the ARN of a secret of Secrets Manager, or env:{name}."),
    };

    /// <summary>Creates a client for the secret's region, which may differ from the program's.</summary>
    private static AmazonSecretsManagerClient Vault(string region) =>
        new(new AmazonSecretsManagerConfig { RegionEndpoint = RegionEndpoint.GetBySystemName(region), Timeout = Timeout, MaxErrorRetry = 2 });

    private static Func<CancellationToken, Task<string?>> FromVault(string arn, IAmazonSecretsManager vault) => async ct =>
        (await vault.GetSecretValueAsync(new GetSecretValueRequest { SecretId = arn }, ct)).SecretString is { Length: > 0 } text
            ? text
            : throw new InvalidOperationException($"The secret {arn} has no text.");
}
