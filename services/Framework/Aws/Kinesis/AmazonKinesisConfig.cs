using Amazon.Kinesis.Model;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.Kinesis;

public sealed class AmazonKinesisConfig() : WireConfig(s_service)
{
    private static readonly WireService s_service = new(
        ServiceId: "Kinesis",
        SigningName: "kinesis",
        EndpointPrefix: "kinesis",
        ApiVersion: "2013-12-02",
        ToException: error => error.Code switch
        {
            "ExpiredIteratorException" => new ExpiredIteratorException(error),
            "InvalidArgumentException" => new InvalidArgumentException(error),
            "LimitExceededException" => new LimitExceededException(error),
            "ProvisionedThroughputExceededException" => new ProvisionedThroughputExceededException(error),
            "ResourceInUseException" => new ResourceInUseException(error),
            "ResourceNotFoundException" => new ResourceNotFoundException(error),
            _ => new AmazonKinesisException(error),
        });
}
