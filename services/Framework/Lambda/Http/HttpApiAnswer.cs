using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Lambda;

/// <summary>
/// Writes a function's response to an HTTP API in payload format 2.0. The local gateway measures responses with it.
/// </summary>
public static class HttpApiAnswer
{
    /// <summary>
    /// The maximum size of a synchronous response: 6 MB (Lambda quotas, "Invocation payload"), plus the 100 bytes that
    /// Lambda's own error text mentions.
    /// </summary>
    public const int LargestBytes = 6 * 1024 * 1024 + 100;

    public const string TooLargeType = "application/problem+json";

    /// <summary>The body of the 500 that a client gets instead of a response that Lambda would refuse.</summary>
    public static ReadOnlyMemory<byte> TooLarge { get; } =
        """{"type":"/docs/problems/answer_too_large","title":"Internal Server Error","status":500,"detail":"The answer is larger than 6 MB. Ask for less, for example with a smaller limit.","code":"answer_too_large"}"""u8.ToArray();

    public static ReadOnlyMemory<byte> Write(int status, IHeaderDictionary headers, ReadOnlySpan<byte> body, string method)
    {
        var sent = HasBody(status, method) ? body : default;
        var buffer = new ArrayBufferWriter<byte>(sent.Length + 1024);
        using (var json = new Utf8JsonWriter(buffer, PlainJson.Writing))
        {
            json.WriteStartObject();
            json.WriteNumber("statusCode"u8, status);
            json.WriteStartObject("headers"u8);
            foreach (var (name, values) in headers)
                if (values.Count > 0 && IsForTheClient(name, method)) json.WriteString(name, string.Join(", ", (IEnumerable<string?>)values));
            json.WriteEndObject();
            WriteCookies(json, headers);
            WriteBody(json, headers, sent);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static bool HasBody(int status, string method) =>
        !HttpMethods.IsHead(method) && status is not (StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or StatusCodes.Status304NotModified);

    // The gateway frames the response itself. Only for HEAD it cannot know the length of the missing body.
    private static bool IsForTheClient(string name, string method) =>
        !Is(name, HeaderNames.SetCookie) && !Is(name, HeaderNames.TransferEncoding) && !Is(name, HeaderNames.Connection)
        && (!Is(name, HeaderNames.ContentLength) || HttpMethods.IsHead(method));

    private static void WriteCookies(Utf8JsonWriter json, IHeaderDictionary headers)
    {
        if (headers.SetCookie.Count == 0) return;
        json.WriteStartArray("cookies"u8);
        foreach (var cookie in headers.SetCookie) json.WriteStringValue(cookie);
        json.WriteEndArray();
    }

    private static void WriteBody(Utf8JsonWriter json, IHeaderDictionary headers, ReadOnlySpan<byte> body)
    {
        var isText = StringValues.IsNullOrEmpty(headers.ContentEncoding) && IsText(headers.ContentType) && Utf8.IsValid(body);
        if (isText) json.WriteString("body"u8, body);
        else json.WriteBase64String("body"u8, body);
        json.WriteBoolean("isBase64Encoded"u8, !isText);
    }

    private static bool IsText(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type)) return false;
        return (type.Charset.Length == 0 || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            && (Is(type.Type, "text") || Is(type.SubType, "json") || Is(type.Suffix, "json") || Is(type.SubType, "xml") || Is(type.Suffix, "xml") || Is(type.SubType, "javascript"));
    }

    private static bool Is(StringSegment a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);
}
