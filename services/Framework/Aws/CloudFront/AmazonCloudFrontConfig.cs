using Amazon.CloudFront.Model;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.CloudFront;

public sealed class AmazonCloudFrontConfig() : WireConfig(s_service)
{
    private static readonly WireService s_service = new(
        ServiceId: "CloudFront",
        SigningName: "cloudfront",
        EndpointPrefix: "cloudfront",
        ApiVersion: "2020-05-31",
        ToException: error => error.Code switch
        {
            "AccessDenied" => new AccessDeniedException(error),
            "BatchTooLarge" => new BatchTooLargeException(error),
            "InvalidArgument" => new InvalidArgumentException(error),
            "NoSuchDistribution" => new NoSuchDistributionException(error),
            "TooManyInvalidationsInProgress" => new TooManyInvalidationsInProgressException(error),
            _ => new AmazonCloudFrontException(error),
        },
        Global: true);
}
