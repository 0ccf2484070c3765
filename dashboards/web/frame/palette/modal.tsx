import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

export type ModalProps = { label: string; className: string; close: () => void; children: ComponentChildren };

/** A dialog over the page: Escape and a click beside it close it, and the focus goes back where it was. */
export function Modal({ label, className, close, children }: ModalProps) {
  const dialog = useRef<HTMLDialogElement | null>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    // The dialog covers nothing but itself; what is pressed on it directly is its backdrop.
    <dialog
      ref={dialog}
      className={`modal ${className}`}
      aria-label={label}
      onClose={close}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) close();
      }}
    >
      <div className="modal-inner">{children}</div>
    </dialog>
  );
}
