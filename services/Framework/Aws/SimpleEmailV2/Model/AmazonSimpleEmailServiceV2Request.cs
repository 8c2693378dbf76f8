using Amazon.Runtime.Internal;
using ServerlessCqrs.Aws.Wire;

namespace Amazon.SimpleEmailV2.Model;

/// <summary>REST-JSON: each operation has its own path.</summary>
public abstract class AmazonSimpleEmailServiceV2Request : WireRequest
{
    internal void WriteTo(DefaultRequest http, string path)
    {
        http.ResourcePath = path;
        http.WriteJson(this, SesJson.Default.GetTypeInfo(GetType())!, "application/json");
    }
}
