using Amazon.Runtime.Internal;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>The caller lacks the permission.</summary>
public sealed class AuthorizationErrorException : AmazonSimpleNotificationServiceException
{
    public AuthorizationErrorException(string message) : base(message) { }

    internal AuthorizationErrorException(ErrorResponse error) : base(error) { }
}

/// <summary>The messages of a batch together exceed the topic's limit.</summary>
public sealed class BatchRequestTooLongException : AmazonSimpleNotificationServiceException
{
    public BatchRequestTooLongException(string message) : base(message) { }

    internal BatchRequestTooLongException(ErrorResponse error) : base(error) { }
}

/// <summary>SNS itself failed. The request is valid.</summary>
public sealed class InternalErrorException : AmazonSimpleNotificationServiceException
{
    public InternalErrorException(string message) : base(message) { }

    internal InternalErrorException(ErrorResponse error) : base(error) { }
}

/// <summary>A parameter is invalid, for example a filter policy that is too complex.</summary>
public sealed class InvalidParameterException : AmazonSimpleNotificationServiceException
{
    public InvalidParameterException(string message) : base(message) { }

    internal InvalidParameterException(ErrorResponse error) : base(error) { }
}

/// <summary>The topic does not exist.</summary>
public sealed class NotFoundException : AmazonSimpleNotificationServiceException
{
    public NotFoundException(string message) : base(message) { }

    internal NotFoundException(ErrorResponse error) : base(error) { }
}

/// <summary>The account exceeds its request rate.</summary>
public sealed class ThrottledException : AmazonSimpleNotificationServiceException
{
    public ThrottledException(string message) : base(message) { }

    internal ThrottledException(ErrorResponse error) : base(error) { }
}
