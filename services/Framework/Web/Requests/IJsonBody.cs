using System.Text.Json.Serialization.Metadata;

namespace ServerlessCqrs.Web.Requests;

/// <summary>The shape of a request body.</summary>
public interface IJsonBody<TSelf>
    where TSelf : class, IJsonBody<TSelf>
{
    static abstract JsonTypeInfo<TSelf> Json { get; }

    /// <summary>What the body may be labelled as.</summary>
    static virtual IReadOnlyList<string> ContentTypes => ["application/json"];
}
