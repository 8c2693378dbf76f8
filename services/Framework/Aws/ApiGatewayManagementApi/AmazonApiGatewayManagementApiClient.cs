using System.Net;
using Amazon.ApiGatewayManagementApi.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.ApiGatewayManagementApi;

/// <summary>
/// API Gateway's Management API, which reaches the sockets of one WebSocket API. Names are those of the official
/// package. Source:
/// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
/// </summary>
public interface IAmazonApiGatewayManagementApi : IAmazonService, IDisposable
{
    /// <summary>Sends a message to one socket. Throws a <see cref="GoneException"/> if the socket is closed.</summary>
    Task<PostToConnectionResponse> PostToConnectionAsync(PostToConnectionRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Returns since when a socket is open, and its client. Throws a <see cref="GoneException"/> if the socket is
    /// closed.
    /// </summary>
    Task<GetConnectionResponse> GetConnectionAsync(GetConnectionRequest request, CancellationToken cancellationToken = default);

    /// <summary>Closes a socket. Throws a <see cref="GoneException"/> if it is already closed.</summary>
    Task<DeleteConnectionResponse> DeleteConnectionAsync(DeleteConnectionRequest request, CancellationToken cancellationToken = default);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonApiGatewayManagementApiConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonApiGatewayManagementApiClient(awsCredentials, (AmazonApiGatewayManagementApiConfig)clientConfig);
}

/// <summary>Thread-safe. Create one per process. Without credentials it uses the SDK's default chain.</summary>
public sealed class AmazonApiGatewayManagementApiClient : WireClient, IAmazonApiGatewayManagementApi
{
    public AmazonApiGatewayManagementApiClient(AmazonApiGatewayManagementApiConfig config) : base(null, config) { }

    public AmazonApiGatewayManagementApiClient(AWSCredentials credentials, AmazonApiGatewayManagementApiConfig clientConfig)
        : base(credentials, clientConfig) { }

    public Task<PostToConnectionResponse> PostToConnectionAsync(PostToConnectionRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(request, ConnectionsJson.Default.PostToConnectionResponse, cancellationToken);

    public Task<GetConnectionResponse> GetConnectionAsync(GetConnectionRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(request, ConnectionsJson.Default.GetConnectionResponse, cancellationToken);

    public Task<DeleteConnectionResponse> DeleteConnectionAsync(DeleteConnectionRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(request, ConnectionsJson.Default.DeleteConnectionResponse, cancellationToken);
}

/// <summary>
/// <c>ServiceURL</c> must be the API's own with its stage:
/// <c>https://{api}.execute-api.{region}.amazonaws.com/{stage}</c>. It cannot be derived from a region.
/// </summary>
public sealed class AmazonApiGatewayManagementApiConfig() : WireConfig(s_service)
{
    private static readonly WireService s_service = new(
        ServiceId: "ApiGatewayManagementApi",
        SigningName: "execute-api",
        EndpointPrefix: "execute-api",
        ApiVersion: "2018-11-29",
        // The gateway in front of the service responds with a status and no code.
        ToException: error => (error.Code, error.StatusCode) switch
        {
            ("GoneException", _) or (_, HttpStatusCode.Gone) => new GoneException(error),
            ("PayloadTooLargeException", _) or (_, HttpStatusCode.RequestEntityTooLarge) => new PayloadTooLargeException(error),
            ("LimitExceededException", _) or (_, HttpStatusCode.TooManyRequests) => new LimitExceededException(error),
            ("ForbiddenException", _) or (_, HttpStatusCode.Forbidden) => new ForbiddenException(error),
            _ => new AmazonApiGatewayManagementApiException(error),
        });
}

/// <summary>API Gateway refused a call. Errors that callers handle have their own types.</summary>
public class AmazonApiGatewayManagementApiException : AmazonServiceException
{
    public AmazonApiGatewayManagementApiException(string message) : base(message) { }

    public AmazonApiGatewayManagementApiException(
        string message,
        Exception? innerException,
        ErrorType errorType,
        string? errorCode,
        string? requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }

    internal AmazonApiGatewayManagementApiException(ErrorResponse error)
        : this(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode) { }
}
