namespace ServerlessCqrs.LocalRuntime.Sockets;

/// <summary>
/// Quotas of a WebSocket API
/// (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html).
/// </summary>
public sealed record SocketLimits
{
    /// <summary>"WebSocket frame size: 32 KB." A larger one closes the socket with 1009.</summary>
    public const int FrameBytes = 32 * 1024;

    /// <summary>"Message payload size: 128 KB", in both directions.</summary>
    public const int MessageBytes = 128 * 1024;

    /// <summary>What a client may leave unread before posts are refused. AWS does not say how much.</summary>
    public const int UnreadMessages = 128;

    /// <summary>"Idle Connection Timeout: 10 minutes."</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>"Connection duration for WebSocket API: 2 hours."</summary>
    public TimeSpan Life { get; init; } = TimeSpan.FromHours(2);
}
