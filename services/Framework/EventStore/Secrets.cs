using Amazon;
using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;
using Microsoft.Extensions.Configuration;

namespace ServerlessCqrs.EventStore;

/// <summary>Where secrets are read from: an ARN of Secrets Manager, whose secret's whole text it is; or <c>env:{name}</c>, another setting of the program.</summary>
public static class Secrets
{
    // Secrets Manager answers within some 50 ms, and a request may wait for it.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>A reader of the secret at <paramref name="place"/>, which asks anew each time; null where the place is empty, since no secret is needed.</summary>
    /// <param name="vault">Secrets Manager; made with the program's credentials where it is null and needed.</param>
    /// <exception cref="NotSupportedException">There is no such place.</exception>
    public static Func<CancellationToken, Task<string?>>? Reader(string? place, IConfiguration configuration, IAmazonSecretsManager? vault = null) => place?.Split(':', 2) switch
    {
        null or [""] => null,
        ["arn", _] when place.Split(':') is ["arn", _, "secretsmanager", var region, _, "secret", ..] => FromVault(place, vault ?? Vault(region)),
        ["env", { Length: > 0 } name] => _ => Task.FromResult<string?>(
            configuration[name] is { Length: > 0 } value ? value : throw new InvalidOperationException($"The setting {name}, which holds a secret, is missing.")),
        _ => throw new NotSupportedException("A secret's place must be empty, the ARN of a secret of Secrets Manager, or env:{name}."),
    };

    /// <summary>The one of the secret's own region, which need not be the program's.</summary>
    private static AmazonSecretsManagerClient Vault(string region) =>
        new(new AmazonSecretsManagerConfig { RegionEndpoint = RegionEndpoint.GetBySystemName(region), Timeout = Timeout, MaxErrorRetry = 2 });

    private static Func<CancellationToken, Task<string?>> FromVault(string arn, IAmazonSecretsManager vault) => async ct =>
        (await vault.GetSecretValueAsync(new GetSecretValueRequest { SecretId = arn }, ct)).SecretString is { Length: > 0 } text
            ? text
            : throw new InvalidOperationException($"The secret {arn} has no text.");
}
