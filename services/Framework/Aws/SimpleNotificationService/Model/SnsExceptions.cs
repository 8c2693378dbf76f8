using Amazon.Runtime.Internal;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>The caller may not do this.</summary>
public sealed class AuthorizationErrorException : AmazonSimpleNotificationServiceException
{
    public AuthorizationErrorException(string message) : base(message) { }

    internal AuthorizationErrorException(ErrorResponse error) : base(error) { }
}

/// <summary>The messages of a batch are together longer than the topic allows.</summary>
public sealed class BatchRequestTooLongException : AmazonSimpleNotificationServiceException
{
    public BatchRequestTooLongException(string message) : base(message) { }

    internal BatchRequestTooLongException(ErrorResponse error) : base(error) { }
}

/// <summary>SNS failed, not the request.</summary>
public sealed class InternalErrorException : AmazonSimpleNotificationServiceException
{
    public InternalErrorException(string message) : base(message) { }

    internal InternalErrorException(ErrorResponse error) : base(error) { }
}

/// <summary>A parameter does not meet the constraints, such as a filter policy that is too complex.</summary>
public sealed class InvalidParameterException : AmazonSimpleNotificationServiceException
{
    public InvalidParameterException(string message) : base(message) { }

    internal InvalidParameterException(ErrorResponse error) : base(error) { }
}

/// <summary>No such topic.</summary>
public sealed class NotFoundException : AmazonSimpleNotificationServiceException
{
    public NotFoundException(string message) : base(message) { }

    internal NotFoundException(ErrorResponse error) : base(error) { }
}

/// <summary>More requests than the account may send.</summary>
public sealed class ThrottledException : AmazonSimpleNotificationServiceException
{
    public ThrottledException(string message) : base(message) { }

    internal ThrottledException(ErrorResponse error) : base(error) { }
}
