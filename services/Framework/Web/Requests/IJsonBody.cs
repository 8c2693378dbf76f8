using System.Text.Json.Serialization.Metadata;

namespace ServerlessCqrs.Web.Requests;

/// <summary>The shape of a request body.</summary>
public interface IJsonBody<TSelf>
    where TSelf : class, IJsonBody<TSelf>
{
    static abstract JsonTypeInfo<TSelf> Json { get; }

    /// <summary>The accepted content types of the body.</summary>
    static virtual IReadOnlyList<string> ContentTypes => ["application/json"];
}
