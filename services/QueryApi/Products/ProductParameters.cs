using System.Diagnostics.CodeAnalysis;
using ServerlessCqrs.Web;
using ServerlessCqrs.Web.Freshness;

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
        if (AtLeastVersion is null && Version is null && AsOf is null) return true;
        if (new[] { AtLeastVersion, Version, AsOf }.Count(value => value is not null) > 1)
            problem = new Problem(400, "parameters_exclusive", "Use only one of atLeastVersion, version and asOf.");
        else if (!VersionParameter.TryRead(AtLeastVersion, out asked.AtLeast) || !VersionParameter.TryRead(Version, out asked.Exactly))
            problem = VersionParameter.Invalid;
        else if (AsOf is not null && !IsoTime.TryRead(AsOf, out asked.AsOf))
            problem = IsoTime.Invalid;
        return problem is null;
    }
}
