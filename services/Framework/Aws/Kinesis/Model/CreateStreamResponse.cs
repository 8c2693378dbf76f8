using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The stream is being created. It accepts records once its status is ACTIVE.</summary>
public sealed class CreateStreamResponse : AmazonWebServiceResponse;
