using Amazon.Runtime.Internal;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.Kinesis.Model;

/// <summary>AWS JSON 1.1: a header carries the operation's name, which is part of the request type's name.</summary>
public abstract class AmazonKinesisRequest : WireRequest
{
    internal override void WriteTo(DefaultRequest http, WireService service)
    {
        http.WriteJson(this, KinesisJson.Default.GetTypeInfo(GetType())!, "application/x-amz-json-1.1");
        http.Headers["X-Amz-Target"] = "Kinesis_20131202." + GetType().Name[..^"Request".Length];
    }
}
