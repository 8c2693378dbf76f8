using Amazon.SimpleEmailV2.Model;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.SimpleEmailV2;

public sealed class AmazonSimpleEmailServiceV2Config() : WireConfig(s_service)
{
    private static readonly WireService s_service = new(
        ServiceId: "SESv2",
        SigningName: "ses",
        EndpointPrefix: "email",
        ApiVersion: "2019-09-27",
        ToException: error => error.Code switch
        {
            "AccountSuspendedException" => new AccountSuspendedException(error),
            "AlreadyExistsException" => new AlreadyExistsException(error),
            "BadRequestException" => new BadRequestException(error),
            "LimitExceededException" => new LimitExceededException(error),
            "MailFromDomainNotVerifiedException" => new MailFromDomainNotVerifiedException(error),
            // The name of this code differs from its exception's.
            "MessageRejected" => new MessageRejectedException(error),
            "NotFoundException" => new NotFoundException(error),
            "SendingPausedException" => new SendingPausedException(error),
            "TooManyRequestsException" => new TooManyRequestsException(error),
            _ => new AmazonSimpleEmailServiceV2Exception(error),
        });
}
