using Microsoft.Extensions.Configuration;

namespace ServerlessCqrs.EventStore;

/// <summary>Settings a program cannot do without.</summary>
public static class RequiredSettings
{
    /// <exception cref="InvalidOperationException">The setting is missing or empty; the message names it.</exception>
    public static string Required(this IConfiguration configuration, string name) =>
        configuration[name] is { Length: > 0 } value ? value : throw new InvalidOperationException($"The setting {name} is missing.");
}
