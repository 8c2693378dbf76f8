using Amazon.Runtime;

namespace Amazon.Kinesis.Model;

/// <summary>The stream is being created: it takes records once its status is ACTIVE.</summary>
public sealed class CreateStreamResponse : AmazonWebServiceResponse;
