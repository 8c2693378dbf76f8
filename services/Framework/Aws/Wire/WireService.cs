using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace ServerlessCqrs.Aws.Wire;

/// <summary>What differs from one AWS service to the next: names, version, and which exception an error code becomes.</summary>
/// <param name="ServiceId">As in the service's model. AWS_ENDPOINT_URL_&lt;SERVICE&gt; is derived from it.</param>
/// <param name="SigningName">The service in the scope of the signature.</param>
/// <param name="EndpointPrefix">The host's first label.</param>
/// <param name="ApiVersion">The date that the service's protocol is known by.</param>
/// <param name="ToException">Makes the typed exception of an error answer.</param>
/// <param name="Global">One endpoint for the whole world, signed for us-east-1.</param>
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
