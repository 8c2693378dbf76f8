using Microsoft.Extensions.Configuration;

namespace ServerlessCqrs.EventStore;

/// <summary>Reads a program's settings, which are environment variables.</summary>
public static class Settings
{
    /// <exception cref="InvalidOperationException">The setting is missing or empty. The message names it.</exception>
    public static string Required(this IConfiguration configuration, string name) =>
        configuration[name] is { Length: > 0 } value ? value : throw new InvalidOperationException($"The setting {name} is missing.");
}
