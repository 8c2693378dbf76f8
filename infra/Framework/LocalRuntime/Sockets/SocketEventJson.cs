using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ServerlessCqrs.LocalRuntime.Sockets;

/// <summary>The event of a Lambda proxy integration of a WebSocket API, as API Gateway writes it.</summary>
internal static class SocketEventJson
{
    public static byte[] Connect(string connection, string address, IHeaderDictionary headers, DateTimeOffset at) =>
        Write("$connect", "CONNECT", connection, address, at, json =>
        {
            json.WriteStartObject("headers");
            foreach (var (name, value) in headers) json.WriteString(name, value.ToString());
            json.WriteEndObject();
        });

    /// <param name="text">Null for a binary message, whose bytes nothing here reads.</param>
    public static byte[] Message(OpenSocket socket, string? text, DateTimeOffset at) =>
        Write("$default", "MESSAGE", socket.Id, socket.Address, at, json =>
        {
            json.WriteString("body", text ?? "");
            json.WriteBoolean("isBase64Encoded", text is null);
        });

    public static byte[] Disconnect(OpenSocket socket, int status, DateTimeOffset at) =>
        Write("$disconnect", "DISCONNECT", socket.Id, socket.Address, at, _ => { }, status);

    private static byte[] Write(string route, string type, string connection, string address, DateTimeOffset at, Action<Utf8JsonWriter> rest, int? status = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("requestContext");
            json.WriteString("routeKey", route);
            json.WriteString("eventType", type);
            json.WriteString("connectionId", connection);
            json.WriteString("messageDirection", "IN");
            json.WriteNumber("requestTimeEpoch", at.ToUnixTimeMilliseconds());
            if (status is { } code) json.WriteNumber("disconnectStatusCode", code);
            json.WriteStartObject("identity");
            json.WriteString("sourceIp", address);
            json.WriteEndObject();
            json.WriteEndObject();
            rest(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
