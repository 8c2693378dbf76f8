using System.Globalization;
using System.IO.Compression;

namespace ServerlessCqrs.LocalRuntime.Edge;

/// <summary>
/// Compresses as CloudFront does: text and JSON of 1,000 to 10,000,000 bytes. A strong ETag becomes a weak one
/// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html).
/// </summary>
internal static class Compression
{
    private const int Smallest = 1_000;
    private const int Largest = 10_000_000;

    private static readonly string[] Types =
    [
        "application/json", "application/problem+json", "application/javascript", "application/xml", "image/svg+xml",
        "text/css", "text/html", "text/javascript", "text/plain", "text/xml",
    ];

    /// <summary>Returns br before gzip, independent of their order; empty if the viewer accepts neither.</summary>
    public static string EncodingFor(string acceptEncoding)
    {
        var accepted = acceptEncoding.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split(';', StringSplitOptions.TrimEntries))
            .Where(part => !part.Skip(1).Any(IsZero))
            .Select(part => part[0].ToLowerInvariant())
            .ToHashSet();
        return accepted.Contains("br") ? "br" : accepted.Contains("gzip") ? "gzip" : "";
    }

    public static OriginAnswer Compress(OriginAnswer answer, string encoding)
    {
        var type = answer.Header("Content-Type")?.Split(';')[0].Trim();
        if (encoding.Length == 0 || answer.Header("Content-Encoding") is not null || answer.Body.Length is < Smallest or > Largest || !Types.Contains(type))
            return answer;
        using var buffer = new MemoryStream();
        using (Stream into = encoding == "br" ? new BrotliStream(buffer, CompressionLevel.Fastest) : new GZipStream(buffer, CompressionLevel.Fastest))
            into.Write(answer.Body);

        var headers = answer.Headers.Where(header => !header.Key.Equals("ETag", StringComparison.OrdinalIgnoreCase)).ToList();
        headers.Add(new("Content-Encoding", encoding));
        headers.Add(new("Vary", "Accept-Encoding"));
        if (answer.ETag is { } tag)
            headers.Add(new("ETag", tag.StartsWith("W/", StringComparison.Ordinal) ? tag : "W/" + tag));
        return answer with { Headers = headers, Body = buffer.ToArray() };
    }

    private static bool IsZero(string parameter) =>
        parameter.StartsWith("q=", StringComparison.OrdinalIgnoreCase)
        && double.TryParse(parameter[2..], NumberStyles.Float, CultureInfo.InvariantCulture, out var quality)
        && quality == 0;
}
