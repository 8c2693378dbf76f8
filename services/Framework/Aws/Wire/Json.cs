using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime.Internal;

namespace ServerlessCqrs.Aws.Wire;

internal static class Json
{
    // A page never contains this body, so HTML in a mail need not be escaped to six times its size.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void WriteJson(this DefaultRequest http, object body, JsonTypeInfo type, string contentType)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, s_options)) JsonSerializer.Serialize(writer, body, type);
        http.Content = stream.ToArray();
        http.Headers["Content-Type"] = contentType;
    }
}
