/** Drawings for products without a picture, in the colours of the theme. Each is used by its id. */
export const Drawings = () => (
  <svg width="0" height="0" aria-hidden="true" className="drawings">
    <symbol id="headphones" viewBox="0 0 200 200">
      <path d="M44 116V98a56 56 0 0 1 112 0v18" className="stroke" strokeWidth="12" />
      <path d="M60 80a43 43 0 0 1 80 0" className="stroke-2" strokeWidth="7" strokeLinecap="round" />
      <rect x="26" y="104" width="38" height="66" rx="17" />
      <rect x="136" y="104" width="38" height="66" rx="17" />
      <rect className="art-2" x="58" y="110" width="17" height="54" rx="8" />
      <rect className="art-2" x="125" y="110" width="17" height="54" rx="8" />
    </symbol>
    <symbol id="speaker" viewBox="0 0 200 200">
      <rect x="56" y="26" width="88" height="148" rx="18" />
      <circle className="art-2" cx="100" cy="122" r="32" />
      <circle cx="100" cy="122" r="13" />
      <circle className="art-2" cx="100" cy="60" r="16" />
      <circle cx="100" cy="60" r="6" />
    </symbol>
    <symbol id="earbuds" viewBox="0 0 200 200">
      <rect x="42" y="92" width="116" height="74" rx="34" />
      <path d="M46 118h108" className="stroke-2" strokeWidth="5" />
      <circle className="art-2" cx="74" cy="54" r="20" />
      <rect className="art-2" x="68" y="58" width="12" height="30" rx="6" />
      <circle className="art-2" cx="126" cy="54" r="20" />
      <rect className="art-2" x="120" y="58" width="12" height="30" rx="6" />
    </symbol>
    <symbol id="turntable" viewBox="0 0 200 200">
      <rect x="24" y="52" width="152" height="104" rx="12" />
      <circle className="art-2" cx="86" cy="104" r="42" />
      <circle cx="86" cy="104" r="14" />
      <circle className="art-2" cx="86" cy="104" r="4" />
      <path d="M154 70v44l-26 22" className="stroke-2" strokeWidth="6" strokeLinecap="round" strokeLinejoin="round" />
    </symbol>
    <symbol id="microphone" viewBox="0 0 200 200">
      <rect x="76" y="24" width="48" height="86" rx="24" />
      <path className="art-2" d="M76 62h48v8H76zM76 78h48v8H76z" />
      <path d="M58 84a42 42 0 0 0 84 0" className="stroke" strokeWidth="8" strokeLinecap="round" />
      <rect x="96" y="126" width="8" height="36" />
      <rect className="art-2" x="68" y="160" width="64" height="12" rx="6" />
    </symbol>
    <symbol id="stand" viewBox="0 0 200 200">
      <rect x="94" y="52" width="12" height="108" />
      <path d="M62 74a38 38 0 0 1 76 0" className="stroke" strokeWidth="13" strokeLinecap="round" />
      <rect className="art-2" x="52" y="154" width="96" height="16" rx="8" />
    </symbol>
    <symbol id="case" viewBox="0 0 200 200">
      <rect x="34" y="48" width="132" height="108" rx="44" />
      <path d="M34 104h132" className="stroke-2" strokeWidth="6" />
      <rect className="art-2" x="92" y="96" width="16" height="26" rx="6" />
      <path d="M82 48c0-20 36-20 36 0" className="stroke" strokeWidth="8" />
    </symbol>
    <symbol id="cable" viewBox="0 0 200 200">
      <circle cx="100" cy="96" r="56" className="stroke" strokeWidth="9" />
      <circle cx="100" cy="96" r="40" className="stroke-2" strokeWidth="9" />
      <path d="M140 136c10 14 8 24 26 26" className="stroke" strokeWidth="9" />
      <rect x="158" y="152" width="30" height="18" rx="4" />
      <rect className="art-2" x="88" y="30" width="24" height="34" rx="6" />
    </symbol>
    <symbol id="lamp" viewBox="0 0 200 200">
      <path d="M72 34h56l26 62H46z" />
      <rect className="art-2" x="95" y="96" width="10" height="62" />
      <rect x="62" y="156" width="76" height="14" rx="7" />
      <path d="M122 96v26" className="stroke-2" strokeWidth="4" strokeLinecap="round" />
    </symbol>
    <symbol id="cup" viewBox="0 0 200 200">
      <path d="M44 66h96v62a36 36 0 0 1-36 36H80a36 36 0 0 1-36-36z" />
      <path d="M140 82h12a20 20 0 0 1 0 40h-12" className="stroke" strokeWidth="10" />
      <path className="art-2" d="M44 86h96v14H44z" />
      <path d="M76 50c-8-10 8-14 0-24M108 50c-8-10 8-14 0-24" className="stroke-2" strokeWidth="6" strokeLinecap="round" />
    </symbol>
    <symbol id="bag" viewBox="0 0 200 200">
      <rect x="40" y="70" width="120" height="100" rx="18" />
      <path d="M70 78V60a30 30 0 0 1 60 0v18" className="stroke" strokeWidth="10" />
      <rect className="art-2" x="58" y="112" width="84" height="40" rx="10" />
      <rect x="90" y="104" width="20" height="18" rx="5" />
    </symbol>
    <symbol id="box" viewBox="0 0 200 200">
      <path d="m100 30 66 32v76l-66 32-66-32V62z" />
      <path d="m34 62 66 32 66-32M100 94v76" className="stroke-2" strokeWidth="6" strokeLinejoin="round" />
      <path className="art-2" d="m68 46 66 32v22l-14-6V84L54 52z" />
    </symbol>
    <symbol id="star" viewBox="0 0 20 20">
      <path d="m10 1.6 2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9L1.5 7.8l5.9-.8z" />
    </symbol>
    <symbol id="star-half" viewBox="0 0 20 20">
      <path className="stroke" strokeWidth="1.3" d="m10 2.6 2.2 4.7 5 .7-3.6 3.5.8 5-4.4-2.4-4.4 2.4.8-5L2.8 8l5-.7z" />
      <path d="M10 1.6v13.4l-5.2 2.8 1-5.9L1.5 7.8l5.9-.8z" />
    </symbol>
    <symbol id="star-none" viewBox="0 0 20 20">
      <path className="stroke" strokeWidth="1.3" d="m10 2.6 2.2 4.7 5 .7-3.6 3.5.8 5-4.4-2.4-4.4 2.4.8-5L2.8 8l5-.7z" />
    </symbol>
  </svg>
);
