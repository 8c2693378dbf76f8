using Amazon.Runtime.Internal;

namespace Amazon.SecretsManager.Model;

/// <summary>The key that encrypts the secret cannot be used.</summary>
public sealed class DecryptionFailureException : AmazonSecretsManagerException
{
    public DecryptionFailureException(string message) : base(message) { }

    internal DecryptionFailureException(ErrorResponse error) : base(error) { }
}

/// <summary>The service failed, and so did the SDK's retries.</summary>
public sealed class InternalServiceErrorException : AmazonSecretsManagerException
{
    public InternalServiceErrorException(string message) : base(message) { }

    internal InternalServiceErrorException(ErrorResponse error) : base(error) { }
}

/// <summary>A parameter is out of range.</summary>
public sealed class InvalidParameterException : AmazonSecretsManagerException
{
    public InvalidParameterException(string message) : base(message) { }

    internal InvalidParameterException(ErrorResponse error) : base(error) { }
}

/// <summary>The secret's state does not allow the call, for example because it is scheduled for deletion.</summary>
public sealed class InvalidRequestException : AmazonSecretsManagerException
{
    public InvalidRequestException(string message) : base(message) { }

    internal InvalidRequestException(ErrorResponse error) : base(error) { }
}

/// <summary>The secret or the version does not exist.</summary>
public sealed class ResourceNotFoundException : AmazonSecretsManagerException
{
    public ResourceNotFoundException(string message) : base(message) { }

    internal ResourceNotFoundException(ErrorResponse error) : base(error) { }
}
