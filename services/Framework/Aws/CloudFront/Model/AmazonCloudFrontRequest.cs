using ServerlessCqrs.Aws.Wire;

namespace Amazon.CloudFront.Model;

/// <summary>REST-XML.</summary>
public abstract class AmazonCloudFrontRequest : WireRequest;
