using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ServerlessCqrs.Lambda;

/// <summary>The body of a request, which is complete. Reading a body above the limit is a 413, as on Kestrel.</summary>
internal sealed class RequestBody(byte[] bytes, long? maxBytes) : MemoryStream(bytes, writable: false), IHttpMaxRequestBodySizeFeature, IHttpRequestBodyDetectionFeature
{
    private long? _maxBytes = maxBytes;

    public bool CanHaveBody => Length > 0;

    public bool IsReadOnly { get; private set; }

    public long? MaxRequestBodySize
    {
        get => _maxBytes;
        set => _maxBytes = IsReadOnly ? throw new InvalidOperationException("The body is being read: its limit cannot change any more.") : value;
    }

    // The stream's other reads end in this one, because this type is derived.
    public override int Read(byte[] buffer, int offset, int count)
    {
        Begin();
        return base.Read(buffer, offset, count);
    }

    public override int ReadByte()
    {
        Begin();
        return base.ReadByte();
    }

    private void Begin()
    {
        if (Length > _maxBytes)
            throw new BadHttpRequestException($"Request body too large. The max request body size is {_maxBytes} bytes.", StatusCodes.Status413PayloadTooLarge);
        IsReadOnly = true;
    }
}
