using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.Kinesis;

/// <summary>Kinesis refused a call. Errors that callers handle have their own types.</summary>
public class AmazonKinesisException : AmazonServiceException
{
    public AmazonKinesisException(string message) : base(message) { }

    public AmazonKinesisException(string message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }

    internal AmazonKinesisException(ErrorResponse error)
        : this(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode) { }
}
