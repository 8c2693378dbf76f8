using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ServerlessCqrs.LocalRuntime.Gateway;

/// <summary>
/// Reads the complete body of a request before the function is called, as API Gateway does. The function gets it in a
/// JSON event: text as a string, other content in base64
/// (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html). Lambda
/// accepts events of at most 6 MB. The 10 MB of API Gateway are therefore never reached, nor are 6 MB of text or 4.5 MB
/// of other content.
/// </summary>
internal static class InvocationBody
{
    /// <summary>"Invocation payload (request and response): 6 MB each for request and response (synchronous)" (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).</summary>
    private const int LargestEvent = 6 * 1024 * 1024;

    /// <summary>JSON writes a byte of text as at most six bytes (\u0000).</summary>
    private const int LargestEscape = 6;

    /// <summary>
    /// Room for the rest of the event: request line and headers, which have their own limit, and the request's context.
    /// </summary>
    private const int RoomForTheHead = 16 * 1024;

    /// <summary>Returns false for a body that API Gateway or Lambda refuses.</summary>
    public static async Task<bool> TryReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength * LargestEscape + RoomForTheHead <= LargestEvent)
            return true;
        if (request.ContentLength > GatewayLimits.LargestBody)
            return false;
        var body = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await request.Body.ReadAsync(buffer, ct) is > 0 and var count)
        {
            body.Write(buffer.AsSpan(0, count));
            if (body.Length > GatewayLimits.LargestBody)
                return false;
        }

        body.Position = 0;
        request.Body = body;
        return InEvent(body.GetBuffer().AsSpan(0, (int)body.Length), IsText(request.ContentType)) + RoomForTheHead <= LargestEvent;
    }

    private static long InEvent(ReadOnlySpan<byte> body, bool isText)
    {
        if (!isText)
            return (body.Length + 2L) / 3 * 4;
        var bytes = 0L;
        foreach (var one in body)
        {
            bytes += one switch
            {
                (byte)'"' or (byte)'\\' or (byte)'\b' or (byte)'\f' or (byte)'\n' or (byte)'\r' or (byte)'\t' => 2,
                < (byte)' ' => LargestEscape,
                _ => 1,
            };
        }

        return bytes;
    }

    private static bool IsText(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (Is(type.Type, "text") || Is(type.SubType, "json") || Is(type.Suffix, "json") || Is(type.SubType, "xml") || Is(type.SubType, "javascript"));

    private static bool Is(Microsoft.Extensions.Primitives.StringSegment one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
