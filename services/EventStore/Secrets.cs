using Amazon.SecretsManager;
using Amazon.SecretsManager.Model;
using Microsoft.Extensions.Configuration;

namespace ServerlessCqrs.EventStore;

/// <summary>Where secrets are read from: <c>arn:…</c>, a secret of Secrets Manager whose whole text it is; or <c>env:{name}</c>, another setting of the program.</summary>
public static class Secrets
{
    // Secrets Manager answers within some 50 ms, and a request may wait for it.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>A reader of the secret at <paramref name="place"/>, which asks anew each time; null where the place is empty, since no secret is needed.</summary>
    /// <param name="vault">Secrets Manager; made of the environment where it is null and needed.</param>
    /// <exception cref="NotSupportedException">There is no such place.</exception>
    public static Func<CancellationToken, Task<string?>>? Reader(string? place, IConfiguration configuration, IAmazonSecretsManager? vault = null) => place?.Split(':', 2) switch
    {
        null or [""] => null,
        ["arn", _] => FromVault(place, vault ?? new AmazonSecretsManagerClient(new AmazonSecretsManagerConfig { Timeout = Timeout, MaxErrorRetry = 2 })),
        ["env", { Length: > 0 } name] => _ => Task.FromResult<string?>(
            configuration[name] is { Length: > 0 } value ? value : throw new InvalidOperationException($"The setting {name}, which holds a secret, is missing.")),
        _ => throw new NotSupportedException("A secret's place must be empty, arn:… or env:{name}."),
    };

    private static Func<CancellationToken, Task<string?>> FromVault(string arn, IAmazonSecretsManager vault) => async ct =>
        (await vault.GetSecretValueAsync(new GetSecretValueRequest { SecretId = arn }, ct)).SecretString is { Length: > 0 } text
            ? text
            : throw new InvalidOperationException($"The secret {arn} has no text.");
}
