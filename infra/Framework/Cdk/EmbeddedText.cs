using System.Reflection;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Cdk;

/// <summary>The scripts that are embedded in this program.</summary>
internal static class EmbeddedText
{
    /// <summary>Reads a script and inserts the system's names.</summary>
    public static string Read(string file, SystemTopology system) => Read(file)
        .Replace("@@NAME@@", system.Name, StringComparison.Ordinal)
        .Replace("@@TITLE@@", system.Title, StringComparison.Ordinal)
        .Replace("@@PREFIX@@", system.Edge.HeaderPrefix.ToLowerInvariant(), StringComparison.Ordinal)
        .Replace("@@GROUPS@@", string.Join(", ", system.Groups.Names.Select(group => $"'{group}'")), StringComparison.Ordinal)
        .Replace("@@DEFAULT_GROUP@@", system.Groups.Default, StringComparison.Ordinal)
        .Replace("@@HASHED_LIFE@@", StaticSite.HashedLife, StringComparison.Ordinal)
        .Replace("@@NAMED_LIFE@@", StaticSite.NamedLife, StringComparison.Ordinal);

    /// <summary>Reads a file as it is.</summary>
    public static string Read(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(file) ?? throw new InvalidOperationException($"{file} is not built in.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
