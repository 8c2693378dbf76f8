using System.Buffers;
using Microsoft.Net.Http.Headers;

namespace ServerlessCqrs.Web.Requests;

/// <summary>Reads whole bodies of up to 32 KB. Their original bytes are hashed for idempotency.</summary>
public static class RequestBody
{
    public const int MaxBytes = 32 * 1024;

    private static readonly Problem TooLarge = new(StatusCodes.Status413PayloadTooLarge, "body_too_large", $"A body is at most {MaxBytes} bytes.");

    /// <summary>
    /// Returns the bytes, or the problem: 413 above the limit, with or without an announced length, and 415 for another
    /// content type.
    /// </summary>
    public static async Task<(byte[] Bytes, Problem? Problem)> ReadAsync(HttpRequest request, IReadOnlyList<string> contentTypes, CancellationToken ct)
    {
        if (request.ContentLength > MaxBytes) return ([], TooLarge);
        if (WrongType(request, contentTypes) is { } wrong) return ([], new Problem(StatusCodes.Status415UnsupportedMediaType, "content_type_unsupported", wrong));

        while (true)
        {
            var read = await request.BodyReader.ReadAsync(ct);
            if (read.Buffer.Length > MaxBytes)
            {
                // Marks the rest as examined, so that the server can read past it. An open read would break the
                // connection for its next request.
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return ([], TooLarge);
            }

            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return (bytes, null);
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static string? WrongType(HttpRequest request, IReadOnlyList<string> contentTypes)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !contentTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase))
            return $"The content type must be {string.Join(" or ", contentTypes)}.";
        // JSON is UTF-8 (RFC 8259, section 8.1).
        if (type.Charset.HasValue && !HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)) return "The body must be in UTF-8.";
        var encodings = request.Headers.ContentEncoding;
        return encodings.All(encoding => string.IsNullOrWhiteSpace(encoding) || encoding.Trim().Equals("identity", StringComparison.OrdinalIgnoreCase))
            ? null
            : "The body must be sent without a Content-Encoding.";
    }
}
