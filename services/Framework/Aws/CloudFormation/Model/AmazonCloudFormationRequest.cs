using ServerlessCqrs.Aws.Wire;

namespace Amazon.CloudFormation.Model;

/// <summary>AWS Query: the operation and its parameters are form fields.</summary>
public abstract class AmazonCloudFormationRequest : WireRequest;
