using Amazon.Runtime.Internal;

namespace Amazon.SimpleEmailV2.Model;

/// <summary>AWS has suspended the account. It cannot send until AWS allows it again.</summary>
public sealed class AccountSuspendedException : AmazonSimpleEmailServiceV2Exception
{
    public AccountSuspendedException(string message) : base(message) { }

    internal AccountSuspendedException(ErrorResponse error) : base(error) { }
}

/// <summary>The identity already exists.</summary>
public sealed class AlreadyExistsException : AmazonSimpleEmailServiceV2Exception
{
    public AlreadyExistsException(string message) : base(message) { }

    internal AlreadyExistsException(ErrorResponse error) : base(error) { }
}

/// <summary>The request is malformed. Nothing was sent.</summary>
public sealed class BadRequestException : AmazonSimpleEmailServiceV2Exception
{
    public BadRequestException(string message) : base(message) { }

    internal BadRequestException(ErrorResponse error) : base(error) { }
}

/// <summary>The account's quota is used up. Nothing was sent.</summary>
public sealed class LimitExceededException : AmazonSimpleEmailServiceV2Exception
{
    public LimitExceededException(string message) : base(message) { }

    internal LimitExceededException(ErrorResponse error) : base(error) { }
}

/// <summary>The sender's domain is not verified. Nothing was sent.</summary>
public sealed class MailFromDomainNotVerifiedException : AmazonSimpleEmailServiceV2Exception
{
    public MailFromDomainNotVerifiedException(string message) : base(message) { }

    internal MailFromDomainNotVerifiedException(ErrorResponse error) : base(error) { }
}

/// <summary>SES does not accept this content, or not from this sender. Nothing was sent.</summary>
public sealed class MessageRejectedException : AmazonSimpleEmailServiceV2Exception
{
    public MessageRejectedException(string message) : base(message) { }

    internal MessageRejectedException(ErrorResponse error) : base(error) { }
}

/// <summary>Something that the request names does not exist, for example a configuration set.</summary>
public sealed class NotFoundException : AmazonSimpleEmailServiceV2Exception
{
    public NotFoundException(string message) : base(message) { }

    internal NotFoundException(ErrorResponse error) : base(error) { }
}

/// <summary>Sending is paused for the account or the configuration set. Nothing was sent.</summary>
public sealed class SendingPausedException : AmazonSimpleEmailServiceV2Exception
{
    public SendingPausedException(string message) : base(message) { }

    internal SendingPausedException(ErrorResponse error) : base(error) { }
}

/// <summary>The account exceeds its sending rate. Nothing was sent.</summary>
public sealed class TooManyRequestsException : AmazonSimpleEmailServiceV2Exception
{
    public TooManyRequestsException(string message) : base(message) { }

    internal TooManyRequestsException(ErrorResponse error) : base(error) { }
}
