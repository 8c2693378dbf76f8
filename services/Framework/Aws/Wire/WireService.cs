using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace ServerlessCqrs.Aws.Wire;

/// <summary>The differences between AWS services: names, version, and the exception for each error code.</summary>
/// <param name="ServiceId">The id in the service's model, from which AWS_ENDPOINT_URL_&lt;SERVICE&gt; is
/// derived.</param>
/// <param name="SigningName">The service's name in the scope of the signature.</param>
/// <param name="EndpointPrefix">The first label of the host.</param>
/// <param name="ApiVersion">The date that identifies the service's protocol.</param>
/// <param name="ToException">Creates the typed exception of an error response.</param>
/// <param name="Global">True if one endpoint serves all regions, signed for us-east-1.</param>
internal sealed record WireService(
    string ServiceId,
    string SigningName,
    string EndpointPrefix,
    string ApiVersion,
    Func<ErrorResponse, AmazonServiceException> ToException,
    bool Global = false) : IServiceMetadata
{
    public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
}
