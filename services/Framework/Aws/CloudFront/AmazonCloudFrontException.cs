using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.CloudFront;

/// <summary>CloudFront refused a call. Errors that callers handle have their own types.</summary>
public class AmazonCloudFrontException : AmazonServiceException
{
    public AmazonCloudFrontException(string message) : base(message) { }

    public AmazonCloudFrontException(string message, Exception? innerException, ErrorType errorType, string? errorCode, string? requestId, HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode) { }

    internal AmazonCloudFrontException(ErrorResponse error)
        : this(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode) { }
}
