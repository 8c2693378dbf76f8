using ServerlessCqrs.Aws.Wire;

namespace Amazon.CloudFormation;

public sealed class AmazonCloudFormationConfig() : WireConfig(s_service)
{
    private static readonly WireService s_service = new(
        ServiceId: "CloudFormation",
        SigningName: "cloudformation",
        EndpointPrefix: "cloudformation",
        ApiVersion: "2010-05-15",
        ToException: error => new AmazonCloudFormationException(error));
}
