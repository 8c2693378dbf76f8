using System.Buffers;
using Microsoft.Net.Http.Headers;
using ServerlessCqrs.Http;

namespace ServerlessCqrs.CommandApi.Requests;

/// <summary>Reads bodies whole, up to 32 KB: the bytes are hashed for idempotency as they came.</summary>
public static class RequestBody
{
    public const int MaxBytes = 32 * 1024;

    private static readonly Problem TooLarge = new(StatusCodes.Status413PayloadTooLarge, "body_too_large", $"A body is at most {MaxBytes} bytes.");

    /// <summary>The bytes, or what is wrong: 413 over the limit, whether or not a length was announced; 415 with another content type.</summary>
    public static async Task<(byte[] Bytes, Problem? Problem)> ReadAsync(HttpRequest request, IReadOnlyList<string> contentTypes, CancellationToken ct)
    {
        if (request.ContentLength > MaxBytes) return ([], TooLarge);
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !contentTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase))
            return ([], new Problem(StatusCodes.Status415UnsupportedMediaType, "content_type_unsupported", $"The content type must be {string.Join(" or ", contentTypes)}."));

        while (true)
        {
            var read = await request.BodyReader.ReadAsync(ct);
            if (read.Buffer.Length > MaxBytes)
            {
                // Examined, so that the server can read on past the rest: an open read would break the connection for whoever uses it next.
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
}
