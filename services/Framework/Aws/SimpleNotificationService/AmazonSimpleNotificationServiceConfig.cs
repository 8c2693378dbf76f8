using Amazon.SimpleNotificationService.Model;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.SimpleNotificationService;

public sealed class AmazonSimpleNotificationServiceConfig() : WireConfig(s_service)
{
    private static readonly WireService s_service = new(
        ServiceId: "SNS",
        SigningName: "sns",
        EndpointPrefix: "sns",
        ApiVersion: "2010-03-31",
        ToException: error => error.Code switch
        {
            "AuthorizationError" => new AuthorizationErrorException(error),
            "BatchRequestTooLong" => new BatchRequestTooLongException(error),
            "InternalError" => new InternalErrorException(error),
            "InvalidParameter" => new InvalidParameterException(error),
            "NotFound" => new NotFoundException(error),
            "Throttled" => new ThrottledException(error),
            _ => new AmazonSimpleNotificationServiceException(error),
        });
}
