namespace ServerlessCqrs.Lambda;

/// <summary>Handles what happens on the sockets of an API Gateway WebSocket API.</summary>
public interface IWebSocketHandler
{
    /// <summary>Throwing fails the invocation: a socket that connects is refused with 500, and a message has no answer but API Gateway's error.</summary>
    /// <param name="e">What happened. Two events of one socket may be handled at once.</param>
    /// <param name="context">The invocation.</param>
    /// <param name="ct">Cancelled a margin before the deadline, and shortly after SIGTERM.</param>
    Task<WebSocketAnswer> HandleAsync(WebSocketEvent e, InvocationContext context, CancellationToken ct);
}

public enum WebSocketEventKind
{
    Connect,
    Message,

    /// <summary>Best effort: API Gateway may not tell of every end of a socket.</summary>
    Disconnect,
}

/// <summary>
/// Something that happened on a socket
/// (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html).
/// </summary>
/// <param name="Headers">Of the request that opened the socket; only with <see cref="WebSocketEventKind.Connect"/>.</param>
/// <param name="SourceIp">The address that API Gateway sees: an edge's, where there is one.</param>
/// <param name="Body">The text of a message; null where it is binary.</param>
public sealed record WebSocketEvent(
    WebSocketEventKind Kind,
    string ConnectionId,
    IReadOnlyDictionary<string, string> Headers,
    string SourceIp,
    string? Body);

/// <summary>An answer to an event.</summary>
/// <param name="Status">A socket is let in with 200 only.</param>
/// <param name="Body">Sent to the client, when the event was a message and its route has a response.</param>
public sealed record WebSocketAnswer(
    int Status,
    string? Body = null);
