using System.Net;
using Amazon.ApiGatewayManagementApi;
using Amazon.ApiGatewayManagementApi.Model;
using Amazon.Runtime;
using Microsoft.Extensions.Logging;

namespace ServerlessCqrs.Push;

/// <summary>The open sockets.</summary>
public interface ISockets
{
    /// <summary>Sends a message once. A fault of the socket is a result, not an exception.</summary>
    Task<Post> PostAsync(string connection, ReadOnlyMemory<byte> message, CancellationToken ct);

    /// <summary>Tries to close a socket.</summary>
    Task CloseAsync(string connection, CancellationToken ct);
}

public enum Post
{
    Delivered,

    /// <summary>The socket is closed.</summary>
    Gone,

    /// <summary>The message may have arrived or not.</summary>
    Failed,
}

/// <summary>Sockets of API Gateway.</summary>
public sealed partial class ApiGatewaySockets(
    IAmazonApiGatewayManagementApi api,
    TimeProvider clock,
    ILogger<ApiGatewaySockets> logger) : ISockets
{
    /// <summary>The client does not retry: the next round does.</summary>
    public static AmazonApiGatewayManagementApiConfig Config(string url) => new()
    {
        ServiceURL = url,
        MaxErrorRetry = 0,
        Timeout = PushLimits.PostTime,
        ConnectTimeout = TimeSpan.FromSeconds(1),
    };

    public async Task<Post> PostAsync(string connection, ReadOnlyMemory<byte> message, CancellationToken ct)
    {
        using var time = new CancellationTokenSource(PushLimits.PostTime, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, time.Token);
        try
        {
            await api.PostToConnectionAsync(
                new PostToConnectionRequest { ConnectionId = connection, Data = new MemoryStream(message.ToArray()) },
                either.Token);
            return Post.Delivered;
        }
        catch (GoneException)
        {
            // 410 (AWS Knowledge Center, "How can I troubleshoot 410 GoneException errors with API Gateway WebSocket APIs?").
            return Post.Gone;
        }
        catch (AmazonServiceException e) when (e.StatusCode == HttpStatusCode.BadRequest)
        {
            // API Gateway never issued this id.
            return Post.Gone;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            LogFailed(connection, e.Message);
            return Post.Failed;
        }
    }

    public async Task CloseAsync(string connection, CancellationToken ct)
    {
        using var time = new CancellationTokenSource(PushLimits.PostTime, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, time.Token);
        try
        {
            await api.DeleteConnectionAsync(new DeleteConnectionRequest { ConnectionId = connection }, either.Token);
        }
        catch (GoneException)
        {
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            LogNotClosed(connection, e.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Connection {Connection} could not be hinted: {Reason}")]
    private partial void LogFailed(string connection, string reason);

    [LoggerMessage(2, LogLevel.Warning, "Connection {Connection} could not be closed: {Reason}")]
    private partial void LogNotClosed(string connection, string reason);
}
