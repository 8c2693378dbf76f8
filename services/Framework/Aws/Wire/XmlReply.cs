using System.Net;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace ServerlessCqrs.Aws.Wire;

/// <summary>Reads responses of the Query and REST-XML protocols.</summary>
internal sealed class XmlReply<T>(WireService service, Func<XElement, IWebResponseData, T> read) : XmlResponseUnmarshaller
    where T : AmazonWebServiceResponse
{
    public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext input)
    {
        var root = XElement.Load(input.Stream);
        var response = read(root, input.ResponseData);
        response.ResponseMetadata = new ResponseMetadata
        {
            RequestId = root.Child("ResponseMetadata").Text("RequestId") ?? input.ResponseData.GetHeaderValue("x-amzn-RequestId"),
        };
        return response;
    }

    public override AmazonServiceException UnmarshallException(XmlUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var error = XmlErrorResponseUnmarshaller.GetInstance().Unmarshall(input);
        error.InnerException = innerException;
        error.StatusCode = statusCode;
        return service.ToException(error);
    }
}
