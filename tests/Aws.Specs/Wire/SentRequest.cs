namespace ServerlessCqrs.Aws.Specs.Wire;

/// <summary>A request of the client, or of the official SDK.</summary>
public sealed record SentRequest(
    string Method,
    string Path,
    string? ContentType,
    string? Target,
    string Body)
{
    public string? Authorization { get; init; }

    public string Host { get; init; } = "";

    /// <summary>Reads one of <c>Recorded/*.http</c>.</summary>
    public static SentRequest Recorded(string name)
    {
        var lines = File.ReadAllText(System.IO.Path.Combine(AppContext.BaseDirectory, "Recorded", name + ".http")).Split('\n');
        var start = lines[0].Split(' ');
        return new(start[0], start[1], Header("Content-Type: "), Header("X-Amz-Target: "), lines[^2]);

        string? Header(string prefix) => lines.FirstOrDefault(line => line.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..];
    }
}
