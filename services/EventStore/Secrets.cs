using Microsoft.Extensions.Configuration;

namespace ServerlessCqrs.EventStore;

/// <summary>Where secrets are read from: <c>env:{name}</c>, another setting of the program.</summary>
public static class Secrets
{
    /// <summary>A reader of the secret at <paramref name="place"/>; null where the place is empty, since no secret is needed.</summary>
    /// <exception cref="NotSupportedException">No reader for such a place is built in.</exception>
    public static Func<CancellationToken, Task<string?>>? Reader(string? place, IConfiguration configuration) => place?.Split(':', 2) switch
    {
        null or [""] => null,
        ["env", { Length: > 0 } name] => _ => Task.FromResult<string?>(
            configuration[name] is { Length: > 0 } value ? value : throw new InvalidOperationException($"The setting {name}, which holds a secret, is missing.")),
        ["secretsmanager" or "arn", _] => throw new NotSupportedException("Reading a secret from Secrets Manager needs AWSSDK.SecretsManager, which is not built in; pass it as env:{name}."),
        _ => throw new NotSupportedException("A secret's place must be empty or env:{name}."),
    };
}
