using ServerlessCqrs.Aws.Wire;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>AWS Query: the operation and its parameters are form fields.</summary>
public abstract class AmazonSimpleNotificationServiceRequest : WireRequest;
