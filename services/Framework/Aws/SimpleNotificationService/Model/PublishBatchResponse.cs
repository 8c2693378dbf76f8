using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.SimpleNotificationService.Model;

public sealed class PublishBatchResponse : AmazonWebServiceResponse
{
    /// <summary>Null if none succeeded.</summary>
    public List<PublishBatchResultEntry>? Successful { get; set; }

    /// <summary>Null if none failed.</summary>
    public List<BatchResultErrorEntry>? Failed { get; set; }

    internal static PublishBatchResponse Read(XElement root, IWebResponseData http)
    {
        var result = root.Child("PublishBatchResult");
        return new()
        {
            Successful = result.Child("Successful").Members(PublishBatchResultEntry.Read),
            Failed = result.Child("Failed").Members(BatchResultErrorEntry.Read),
        };
    }
}
