using System.Text.Json.Serialization;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.ApiGatewayManagementApi.Model;

/// <summary>A REST-JSON request to <c>/@connections/{connectionId}</c>. The method selects the operation.</summary>
public abstract class AmazonApiGatewayManagementApiRequest : WireRequest
{
    public string? ConnectionId { get; set; }

    private protected void WriteTo(DefaultRequest http, string method)
    {
        if (string.IsNullOrEmpty(ConnectionId))
            throw new AmazonApiGatewayManagementApiException("Request object does not have required field ConnectionId set");
        http.HttpMethod = method;
        http.ResourcePath = "/@connections/{connectionId}";
        http.AddPathResource("{connectionId}", ConnectionId);
    }
}

public sealed class PostToConnectionRequest : AmazonApiGatewayManagementApiRequest
{
    /// <summary>At most 128 KB. The whole stream is sent, whatever its position.</summary>
    public MemoryStream? Data { get; set; }

    internal override void WriteTo(DefaultRequest http, WireService service)
    {
        WriteTo(http, "POST");
        http.Headers["Content-Type"] = "application/octet-stream";
        http.Content = Data?.ToArray() ?? [];
    }
}

public sealed class PostToConnectionResponse : AmazonWebServiceResponse;

public sealed class GetConnectionRequest : AmazonApiGatewayManagementApiRequest
{
    internal override void WriteTo(DefaultRequest http, WireService service) => WriteTo(http, "GET");
}

public sealed class GetConnectionResponse : AmazonWebServiceResponse
{
    public DateTime? ConnectedAt { get; set; }

    public Identity? Identity { get; set; }

    public DateTime? LastActiveAt { get; set; }
}

/// <summary>The client that opened a socket.</summary>
public sealed class Identity
{
    public string? SourceIp { get; set; }

    public string? UserAgent { get; set; }
}

public sealed class DeleteConnectionRequest : AmazonApiGatewayManagementApiRequest
{
    internal override void WriteTo(DefaultRequest http, WireService service) => WriteTo(http, "DELETE");
}

public sealed class DeleteConnectionResponse : AmazonWebServiceResponse;

/// <summary>The caller lacks the permission.</summary>
public sealed class ForbiddenException : AmazonApiGatewayManagementApiException
{
    public ForbiddenException(string message) : base(message) { }

    internal ForbiddenException(ErrorResponse error) : base(error) { }
}

/// <summary>The socket is closed.</summary>
public sealed class GoneException : AmazonApiGatewayManagementApiException
{
    public GoneException(string message) : base(message) { }

    internal GoneException(ErrorResponse error) : base(error) { }
}

/// <summary>The account sends too much, or the socket's buffer is full because its client does not read.</summary>
public sealed class LimitExceededException : AmazonApiGatewayManagementApiException
{
    public LimitExceededException(string message) : base(message) { }

    internal LimitExceededException(ErrorResponse error) : base(error) { }
}

/// <summary>The message is larger than 128 KB.</summary>
public sealed class PayloadTooLargeException : AmazonApiGatewayManagementApiException
{
    public PayloadTooLargeException(string message) : base(message) { }

    internal PayloadTooLargeException(ErrorResponse error) : base(error) { }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PostToConnectionResponse))]
[JsonSerializable(typeof(GetConnectionResponse))]
[JsonSerializable(typeof(DeleteConnectionResponse))]
internal sealed partial class ConnectionsJson : JsonSerializerContext;
