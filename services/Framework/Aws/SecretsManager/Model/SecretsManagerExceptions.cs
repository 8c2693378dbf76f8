using Amazon.Runtime.Internal;

namespace Amazon.SecretsManager.Model;

/// <summary>The key that encrypts the secret cannot be used.</summary>
public sealed class DecryptionFailureException : AmazonSecretsManagerException
{
    public DecryptionFailureException(string message) : base(message) { }

    internal DecryptionFailureException(ErrorResponse error) : base(error) { }
}

/// <summary>The service failed; the SDK's retries are over.</summary>
public sealed class InternalServiceErrorException : AmazonSecretsManagerException
{
    public InternalServiceErrorException(string message) : base(message) { }

    internal InternalServiceErrorException(ErrorResponse error) : base(error) { }
}

/// <summary>A parameter is outside of its range.</summary>
public sealed class InvalidParameterException : AmazonSecretsManagerException
{
    public InvalidParameterException(string message) : base(message) { }

    internal InvalidParameterException(ErrorResponse error) : base(error) { }
}

/// <summary>The secret is in a state that does not allow it, as when it is to be deleted.</summary>
public sealed class InvalidRequestException : AmazonSecretsManagerException
{
    public InvalidRequestException(string message) : base(message) { }

    internal InvalidRequestException(ErrorResponse error) : base(error) { }
}

/// <summary>No such secret, or no such version.</summary>
public sealed class ResourceNotFoundException : AmazonSecretsManagerException
{
    public ResourceNotFoundException(string message) : base(message) { }

    internal ResourceNotFoundException(ErrorResponse error) : base(error) { }
}
