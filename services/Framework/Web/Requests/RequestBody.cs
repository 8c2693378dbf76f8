using System.Buffers;
using Microsoft.Net.Http.Headers;

namespace ServerlessCqrs.Web.Requests;

/// <summary>Reads bodies whole, up to 32 KB: the bytes are hashed for idempotency as they came.</summary>
public static class RequestBody
{
    public const int MaxBytes = 32 * 1024;

    private static readonly Problem TooLarge = new(StatusCodes.Status413PayloadTooLarge, "body_too_large", $"A body is at most {MaxBytes} bytes.");

    /// <summary>The bytes, or what is wrong: 413 over the limit, whether or not a length was announced; 415 with another content type.</summary>
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
