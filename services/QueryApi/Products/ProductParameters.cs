using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ServerlessCqrs.Http;
using ServerlessCqrs.QueryApi.Problems;

namespace ServerlessCqrs.QueryApi.Products;

/// <summary>Which state of a product is asked for: now, at least a version, exactly a version, or as of a time; at most one of them.</summary>
public sealed record ProductParameters(
    string? AtLeastVersion,
    string? Version,
    string? AsOf)
{
    public static readonly string[] Names = ["atLeastVersion", "version", "asOf"];

    /// <summary>Whether the parameters make sense, and what they ask for; what is wrong otherwise.</summary>
    public bool TryRead(out (long? AtLeast, long? Exactly, DateTimeOffset? AsOf) asked, [NotNullWhen(false)] out Problem? problem)
    {
        asked = default;
        problem = null;
        if (new[] { AtLeastVersion, Version, AsOf }.Count(value => value is not null) > 1)
            problem = new Problem(400, "parameters_exclusive", "atLeastVersion, version and asOf exclude each other: give one of them.");
        else if (AtLeastVersion is not null && !TryReadVersion(AtLeastVersion, out asked.AtLeast) || Version is not null && !TryReadVersion(Version, out asked.Exactly))
            problem = new Problem(400, "version_invalid", "A version is a whole number from 1 on.");
        else if (AsOf is not null && !IsoTime.TryRead(AsOf, out asked.AsOf))
            problem = new Problem(400, "time_invalid", "A time is given in ISO 8601, as in 2026-01-31T12:00:00Z.");
        return problem is null;
    }

    private static bool TryReadVersion(string text, out long? version)
    {
        var isVersion = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1;
        version = isVersion ? number : null;
        return isVersion;
    }
}
