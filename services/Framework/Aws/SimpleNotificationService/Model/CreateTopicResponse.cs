using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.SimpleNotificationService.Model;

public sealed class CreateTopicResponse : AmazonWebServiceResponse
{
    public string? TopicArn { get; set; }

    internal static CreateTopicResponse Read(XElement root, IWebResponseData http) => new()
    {
        TopicArn = root.Child("CreateTopicResult").Text("TopicArn"),
    };
}
